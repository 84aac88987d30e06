package dev.portcullis.sample.auth;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Arrays;

/** Makes a key: prints it, and the line that goes into the file. */
public final class NewApiKey {
    private static final String DEFAULT_SCOPES = "operator.write";

    private NewApiKey() {}

    /**
     * Makes a key.
     *
     * @param args the name of whoever will use it, then the scopes; {@code operator.write} unless given
     */
    public static void main(String[] args) {
        if (args.length == 0 || args[0].isBlank()) {
            System.err.println("Usage: NewApiKey NAME [SCOPE...]");
            System.exit(2);
        }
        String scopes = args.length == 1
                ? DEFAULT_SCOPES
                : String.join(",", Arrays.asList(args).subList(1, args.length));
        print(ApiKey.random(new SecureRandom()), args[0].strip(), scopes, System.out);
    }

    static void print(ApiKey key, String name, String scopes, PrintStream out) {
        out.println("The key, for its user; it is not shown again:");
        out.println(key.reveal());
        out.println("The line for the key file:");
        out.println(KeyEntry.line(key, name, scopes));
    }
}
