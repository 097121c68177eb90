package dk.telecomx.pbx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks several questions at a time, each on a thread of its own: of how many threads the common pool is, is the JDK's affair. */
public final class AtOnce {

    private AtOnce() {}

    /** The answers, in the order of the questions. */
    public static <T> List<T> answers(List<Callable<T>> questions) {
        ExecutorService threads = Executors.newFixedThreadPool(questions.size());
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            threads.shutdownNow();
        }
    }
}
