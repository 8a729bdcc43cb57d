package io.utter.text.table;

import java.util.function.Supplier;

/** A value made when it is first asked for, once, whichever thread asks. If making it fails, the next caller tries again. */
public final class Later<T> implements Supplier<T> {
    private final Supplier<? extends T> make;
    private volatile T value;

    public Later(Supplier<? extends T> make) {
        this.make = make;
    }

    @Override
    public T get() {
        T made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = make.get();
                    value = made;
                }
            }
        }
        return made;
    }
}
