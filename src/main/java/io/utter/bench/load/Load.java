package io.utter.bench.load;

/** How requests come. */
public sealed interface Load {
    /** What a level must have at least, so that a 95th percentile is not its maximum. */
    int LEAST_REQUESTS = 24;

    /** What a level has for each client at least, so that most of them run beside all others. */
    int REQUESTS_PER_CLIENT = 4;

    /** How many clients, or how many requests a second: what levels are told apart by. */
    double level();

    /** In a word, for tables and plots. */
    String kind();

    /** As many requests as make figures of this level mean something. */
    int usualRequests();

    /** So many people who each listen to a whole answer, as long as it lasts, before they ask again. They come one after the other. */
    record Listeners(int count) implements Load {
        @Override
        public double level() {
            return count;
        }

        @Override
        public String kind() {
            return "listeners";
        }

        @Override
        public int usualRequests() {
            return Math.max(LEAST_REQUESTS, count * REQUESTS_PER_CLIENT);
        }
    }

    /** So many requests at any time: the next is sent when one is answered. */
    record Saturation(int count) implements Load {
        @Override
        public double level() {
            return count;
        }

        @Override
        public String kind() {
            return "at once";
        }

        @Override
        public int usualRequests() {
            return Math.max(LEAST_REQUESTS, count * REQUESTS_PER_CLIENT);
        }
    }

    /** So many requests a second on average, whatever the server does: a Poisson process. */
    record Arrivals(double perSecond) implements Load {
        @Override
        public double level() {
            return perSecond;
        }

        @Override
        public String kind() {
            return "arrivals/s";
        }

        @Override
        public int usualRequests() {
            return 2 * LEAST_REQUESTS;
        }
    }
}
