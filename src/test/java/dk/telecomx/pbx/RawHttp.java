package dk.telecomx.pbx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client without manners: sends text byte by byte (ISO 8859-1), and hands back whatever comes until the service closes the connection. */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private RawHttp() {}

    /** The answers of the service under test. */
    public static String exchange(String request) throws IOException {
        return exchange(RestAssured.port, request);
    }

    /** Fails where the connection stays open. What has no end (no empty line) is ended by closing our half. */
    public static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                if (!request.stripLeading().contains(END_OF_HEAD)) {
                    socket.shutdownOutput();
                }
                socket.getInputStream().transferTo(answers);
            } catch (SocketException closed) {
                // It was refused before all of it was sent; what was answered may be lost with the connection.
            }
            return answers.toString(ISO_8859_1);
        }
    }

    /** Reads one answer, head and body, from a connection that stays open; empty if the connection is closed. */
    public static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith(END_OF_HEAD)) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        String text = head.toString(ISO_8859_1);
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
        return length.find() ? text + new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8) : text;
    }

    /** The status of each answer. */
    public static List<Integer> statuses(String answers) {
        List<Integer> statuses = new ArrayList<>();
        Matcher status = STATUS.matcher(answers);
        while (status.find()) {
            statuses.add(Integer.parseInt(status.group(1)));
        }
        return statuses;
    }
}
