package io.utter.audio;

/** Fast Fourier transform of real signals whose length is a power of two (Cooley and Tukey 1965). Safe for use by many threads. */
public final class FourierTransform {
    private final int size;
    private final double[] cosines;
    private final double[] sines;

    /** @param size a power of two */
    public FourierTransform(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(size + " is not a power of two");
        }
        this.size = size;
        this.cosines = new double[size / 2];
        this.sines = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = -Math.sin(2 * Math.PI * i / size);
        }
    }

    /** |X|^2 of the lower half of the spectrum, size / 2 + 1 values. */
    public double[] power(double[] signal) {
        double[] real = new double[size];
        double[] imaginary = new double[size];
        int bits = Integer.numberOfTrailingZeros(size);
        for (int i = 0; i < size; i++) {
            real[Integer.reverse(i) >>> (32 - bits)] = signal[i];
        }
        for (int half = 1; half < size; half *= 2) {
            int stride = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    int a = start + k;
                    int b = a + half;
                    double c = cosines[k * stride];
                    double s = sines[k * stride];
                    double r = real[b] * c - imaginary[b] * s;
                    double i = real[b] * s + imaginary[b] * c;
                    real[b] = real[a] - r;
                    imaginary[b] = imaginary[a] - i;
                    real[a] += r;
                    imaginary[a] += i;
                }
            }
        }
        double[] power = new double[size / 2 + 1];
        for (int i = 0; i < power.length; i++) {
            power[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
        }
        return power;
    }
}
