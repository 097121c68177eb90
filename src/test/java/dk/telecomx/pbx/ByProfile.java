package dk.telecomx.pbx;

import io.quarkus.test.junit.TestProfile;
import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Tests of the packaged service by their profile, so that it starts once for each: Quarkus' own order does that for those in its JVM alone. */
public final class ByProfile implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparing(ByProfile::profile));
    }

    private static String profile(ClassDescriptor test) {
        for (Class<?> type = test.getTestClass(); type != null; type = type.getSuperclass()) {
            TestProfile profile = type.getAnnotation(TestProfile.class);
            if (profile != null) {
                return profile.value().getName();
            }
        }
        return "";
    }
}
