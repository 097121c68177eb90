package dk.telecomx.pbx.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client without manners: sends bytes as they are, and hands back whatever comes until the connection is closed. */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MORE_MILLIS = 2_000;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private RawHttp() {}

    /** The answers to these bytes, up to the end of the connection. What never ends by itself (no empty line) is ended by closing our half. */
    static String exchange(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                if (!new String(request, StandardCharsets.ISO_8859_1)
                        .stripLeading()
                        .contains(END_OF_HEAD)) {
                    socket.shutdownOutput();
                }
                InputStream in = socket.getInputStream();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    answer.write(next);
                    answer.write(in.readNBytes(in.available()));
                    socket.setSoTimeout(MORE_MILLIS);
                }
            } catch (SocketTimeoutException silent) {
                if (answer.size() == 0) {
                    throw silent;
                }
            } catch (SocketException closed) {
                // It was refused before all of it was sent; what was answered may be lost with the connection.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** Reads one answer, head and body, from a connection that stays open; empty if the connection is closed. */
    static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END_OF_HEAD)) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
        return length.find()
                ? text + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : text;
    }

    /** The status of each answer. */
    static List<Integer> statuses(String answers) {
        List<Integer> statuses = new ArrayList<>();
        Matcher status = STATUS.matcher(answers);
        while (status.find()) {
            statuses.add(Integer.parseInt(status.group(1)));
        }
        return statuses;
    }
}
