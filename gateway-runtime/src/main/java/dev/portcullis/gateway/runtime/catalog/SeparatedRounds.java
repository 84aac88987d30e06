package dev.portcullis.gateway.runtime.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether a group that is repeated can be divided into its rounds in one way alone: it begins or ends with a character that
 * must be there, and that nothing else in it matches. So is <code>(\.[a-z]+)*</code>, and <code>(.*,)*</code> is not. What is
 * not understood, such as alternatives, look-arounds and characters by number, is said not to be. Only the first 256 characters
 * are looked at.
 */
final class SeparatedRounds {
    private static final int LOOKED_AT = 256;

    /** @param sure whether it is there, once, in each round */
    private record Atom(Pattern expression, boolean sure) {
        boolean matches(int character) {
            return expression.matcher(Character.toString(character)).matches();
        }
    }

    private final String body;
    private final List<Atom> atoms = new ArrayList<>();
    private int at;
    private int depth;

    private SeparatedRounds(String body) {
        this.body = body;
    }

    /** @param body what is between the parentheses */
    static boolean in(String body) {
        try {
            SeparatedRounds rounds = new SeparatedRounds(body.startsWith("?:") ? body.substring(2) : body);
            return rounds.understood()
                    && !rounds.atoms.isEmpty()
                    && (rounds.separates(0) || rounds.separates(rounds.atoms.size() - 1));
        } catch (PatternSyntaxException notUnderstood) {
            return false;
        }
    }

    private boolean separates(int index) {
        Atom one = atoms.get(index);
        boolean any = false;
        for (int c = 0; one.sure() && c < LOOKED_AT; c++) {
            if (one.matches(c)) {
                any = true;
                for (int i = 0; i < atoms.size(); i++) {
                    if (i != index && atoms.get(i).matches(c)) {
                        return false;
                    }
                }
            }
        }
        return any;
    }

    private boolean understood() {
        while (at < body.length()) {
            char c = body.charAt(at);
            int end = at + 1;
            if (c == '(') {
                depth++;
                at += body.startsWith("(?:", at) ? 3 : 1;
                if (body.startsWith("?", at)) {
                    return false;
                }
                continue;
            } else if (c == ')') {
                depth--;
                at++;
                quantifier();
                continue;
            } else if (c == '^' || c == '$') {
                at++;
                continue;
            } else if (c == '|' && depth == 0) {
                return false;
            } else if (c == '|') {
                at++;
                continue;
            } else if (c == '\\') {
                end = at + 2;
                if (end > body.length() || "0123456789xucQEkpPbBAzZGRX".indexOf(body.charAt(at + 1)) >= 0) {
                    return false;
                }
            } else if (c == '[') {
                end = classEnd();
                if (end < 0) {
                    return false;
                }
            }
            Pattern expression = Pattern.compile(body.substring(at, end), Pattern.DOTALL);
            at = end;
            boolean quantified = quantifier();
            atoms.add(new Atom(expression, depth == 0 && !quantified));
        }
        return true;
    }

    /** One without classes in it. */
    private int classEnd() {
        for (int i = at + 1; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[' || c == '&') {
                return -1;
            } else if (c == ']') {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean quantifier() {
        if (at >= body.length() || "*+?{".indexOf(body.charAt(at)) < 0) {
            return false;
        }
        int close = body.charAt(at) == '{' ? body.indexOf('}', at) : at;
        at = close < 0 ? body.length() : close + 1;
        if (at < body.length() && (body.charAt(at) == '?' || body.charAt(at) == '+')) {
            at++;
        }
        return true;
    }
}
