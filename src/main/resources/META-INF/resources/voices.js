import { at, element } from './dom.js';
import { get } from './server.js';

const FORMATS = ['wav', 'pcm']; // of servers that do not say

/** @returns {Promise<{voices: object[], models: object[], uploads: boolean, consentRequired: boolean}>} what there is, as the server says it */
export async function thereIs() {
  const [voices, models] = await Promise.all([get('/v1/audio/voices'), get('/v1/models')]);
  return { voices: voices.data, models: models.data, uploads: voices.uploads, consentRequired: voices.consent_required };
}

/**
 * Offers the voices, each under its model.
 *
 * @param {object} wanted the voice that is then chosen; without one, what is chosen stays so
 */
export function showVoices({ voices, models }, wanted = chosen()) {
  const groups = models.map((model) => element('optgroup', { label: model.id }, ...voices.filter((voice) => voice.model === model.id)
    .map((voice) => optionOf(voice, model)))).filter((group) => group.children.length > 0);
  at('voice').replaceChildren(...(models.length > 1 ? groups : groups.flatMap((group) => [...group.children])));
  const again = [...at('voice').options].find(({ voice }) => voice.id === wanted?.id && voice.model === wanted?.model);
  if (again) {
    again.selected = true;
  }
  at('voice').disabled = false;
}

/** The chosen voice, as the server says it, with its {@code sampleRate} and the {@code formats} it can be had in. */
export function chosen() {
  return at('voice').selectedOptions[0]?.voice;
}

function optionOf(voice, model) {
  const option = new Option(`${voice.name} (${voice.language})`, voice.id);
  option.voice = { ...voice, sampleRate: model.sample_rate, formats: model.response_formats ?? FORMATS };
  return option;
}
