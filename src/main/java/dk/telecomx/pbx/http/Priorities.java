package dk.telecomx.pbx.http;

/** The order in which a request passes our filters: the highest first. */
final class Priorities {

    static final int HEAD = 1100;
    static final int REQUEST_ID = 1000;
    static final int HEADERS = 900;
    static final int CORS = 800;
    static final int PATH_ESCAPES = 700;

    private Priorities() {}
}
