import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;

/**
 * Reads settings files as a node does: the steps of InternalSettingsPreparer.prepareEnvironment, called one by one so
 * that only reading is asked about and not what the settings mean. Run it over the jars in a home's lib/, with the
 * environment that the files may refer to:
 * java -cp 'HOME/lib/*' SettingsOracle.java SCRATCH-FILE [NAME=VALUE ...]
 * Standard input: for each file its length in bytes (four bytes, big-endian), then its bytes. Standard output: for
 * each a line of JSON in ASCII, {"settings": {...}} or {"refused": "why"}.
 */
public class SettingsOracle {
    private static final Map<String, String> environment = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        // Without it exceptions of Elasticsearch 9 cannot be made.
        LogConfigurator.configureESLogging();
        Path file = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            environment.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        BufferedOutputStream buffer = new BufferedOutputStream(System.out, 1 << 16);
        PrintStream answers = new PrintStream(buffer, false, StandardCharsets.US_ASCII);
        DataInputStream questions = new DataInputStream(System.in);
        for (;;) {
            int length;
            try {
                length = questions.readInt();
            } catch (EOFException end) {
                break;
            }
            // A new file each time: some file systems wait for the disk where one is truncated and written again.
            Files.deleteIfExists(file);
            Files.write(file, questions.readNBytes(length));
            answers.print(answer(file));
            answers.print('\n');
            if (questions.available() == 0) answers.flush();
        }
        answers.flush();
    }

    private static String answer(Path file) throws Exception {
        try {
            return "{\"settings\":" + json(settingsOf(file)) + "}";
        } catch (InvocationTargetException wrapped) {
            Throwable why = wrapped.getCause();
            while (why.getCause() != null && why.getCause() != why) why = why.getCause();
            return "{\"refused\":" + json(why.getClass().getSimpleName() + ": " + why.getMessage()) + "}";
        } catch (IllegalStateException | IllegalArgumentException why) {
            return "{\"refused\":" + json(why.getClass().getSimpleName() + ": " + why.getMessage()) + "}";
        }
    }

    private static Map<String, Object> settingsOf(Path file) throws Exception {
        Settings.Builder builder = Settings.builder();
        Function<String, String> getenv = environment::get;
        load.invoke(null, builder, file, getenv);
        builder.put(Settings.builder().put("path.home", "/es").build());
        force.invoke(null, builder);
        builder.replacePropertyPlaceholders();
        Settings settings = builder.build();
        Map<String, Object> flat = new HashMap<>();
        for (String name : settings.keySet()) flat.put(name, value(settings, name));
        return flat;
    }

    /** Settings tells a list from a text nowhere in public. */
    @SuppressWarnings("unchecked")
    private static Object value(Settings settings, String name) throws Exception {
        var field = Settings.class.getDeclaredField("settings");
        field.setAccessible(true);
        Object value = ((Map<String, Object>) field.get(settings)).get(name);
        return value instanceof List<?> list ? new ArrayList<>(list) : value;
    }

    private static final Method load =
        method("loadConfigWithSubstitutions", Settings.Builder.class, Path.class, Function.class);
    private static final Method force = method("replaceForcedSettings", Settings.Builder.class);

    private static Method method(String name, Class<?>... parameters) {
        try {
            Method method = InternalSettingsPreparer.class.getDeclaredMethod(name, parameters);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static String json(Object value) {
        if (value == null) return "null";
        StringBuilder out = new StringBuilder();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                out.append(out.length() == 0 ? "" : ",").append(json(name)).append(':').append(json(inner));
            });
            return "{" + out + "}";
        }
        if (value instanceof List<?> list) {
            for (Object inner : list) out.append(out.length() == 0 ? "" : ",").append(json(inner));
            return "[" + out + "]";
        }
        for (char c : value.toString().toCharArray()) {
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') out.append(c);
            else out.append(String.format("\\u%04x", (int) c));
        }
        return "\"" + out + "\"";
    }
}
