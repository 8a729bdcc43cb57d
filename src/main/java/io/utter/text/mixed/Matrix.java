package io.utter.text.mixed;

import java.nio.ByteBuffer;

/** Rows of numbers in a model's file. */
interface Matrix {
    /** Adds a row to a vector. */
    void addTo(float[] vector, int row);

    /** The product of a row and a vector. */
    float dot(float[] vector, int row);

    /** A matrix as it is, read in place. The buffer stands at its sizes, and afterwards behind it. */
    static Matrix plain(ByteBuffer file) {
        long rows = file.getLong();
        int width = Math.toIntExact(file.getLong());
        ByteBuffer values = file.slice(file.position(), Math.toIntExact(rows * width * Float.BYTES)).order(file.order());
        file.position(file.position() + values.capacity());
        return new Matrix() {
            @Override
            public void addTo(float[] vector, int row) {
                for (int i = 0; i < width; i++) {
                    vector[i] += values.getFloat((row * width + i) * Float.BYTES);
                }
            }

            @Override
            public float dot(float[] vector, int row) {
                float sum = 0;
                for (int i = 0; i < width; i++) {
                    sum += values.getFloat((row * width + i) * Float.BYTES) * vector[i];
                }
                return sum;
            }
        };
    }

    /** A matrix whose rows are made of common pieces (product quantization), and perhaps their norms of common numbers. */
    static Matrix quantized(ByteBuffer file) {
        boolean norms = file.get() != 0;
        int rows = Math.toIntExact(file.getLong());
        file.getLong(); // width
        byte[] codes = new byte[file.getInt()];
        file.get(codes);
        CodeBook pieces = CodeBook.read(file);
        byte[] normCodes = new byte[norms ? rows : 0];
        file.get(normCodes);
        CodeBook normBook = norms ? CodeBook.read(file) : null;
        return new Matrix() {
            @Override
            public void addTo(float[] vector, int row) {
                float norm = normBook == null ? 1 : normBook.values[normBook.start(0, normCodes[row] & 0xff)];
                for (int piece = 0; piece < pieces.count; piece++) {
                    int from = pieces.start(piece, codes[pieces.count * row + piece] & 0xff);
                    int width = piece == pieces.count - 1 ? pieces.lastWidth : pieces.width;
                    for (int i = 0; i < width; i++) {
                        vector[piece * pieces.width + i] += norm * pieces.values[from + i];
                    }
                }
            }

            @Override
            public float dot(float[] vector, int row) {
                float[] whole = new float[vector.length];
                addTo(whole, row);
                float sum = 0;
                for (int i = 0; i < whole.length; i++) {
                    sum += whole[i] * vector[i];
                }
                return sum;
            }
        };
    }

    /**
     * 256 vectors for each piece of a row.
     *
     * @param count pieces of a row
     * @param width of a piece
     * @param lastWidth of the last one
     */
    record CodeBook(int count, int width, int lastWidth, float[] values) {
        private static final int CENTROIDS = 256;

        static CodeBook read(ByteBuffer file) {
            int all = file.getInt();
            int count = file.getInt();
            int width = file.getInt();
            int lastWidth = file.getInt();
            float[] values = new float[all * CENTROIDS];
            for (int i = 0; i < values.length; i++) {
                values[i] = file.getFloat();
            }
            return new CodeBook(count, width, lastWidth, values);
        }

        int start(int piece, int centroid) {
            return piece == count - 1 ? piece * CENTROIDS * width + centroid * lastWidth : (piece * CENTROIDS + centroid) * width;
        }
    }
}
