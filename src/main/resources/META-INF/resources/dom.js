export const at = (id) => document.getElementById(id);

/**
 * @param {string} name
 * @param {object} properties of the element
 * @param {...(Node|string)} content
 */
export function element(name, properties, ...content) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

/** Says on the page what went wrong, and, where that is known, leads to the control that is at fault. */
export function blame(form, alert, message, field) {
  alert.textContent = message;
  const control = field && form.elements.namedItem(field);
  if (control) {
    control.closest('details')?.setAttribute('open', '');
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-errormessage', alert.id);
    control.focus();
  }
}

/** Takes that back. */
export function forgive(form, alert) {
  alert.textContent = '';
  for (const control of form.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    control.removeAttribute('aria-errormessage');
  }
}
