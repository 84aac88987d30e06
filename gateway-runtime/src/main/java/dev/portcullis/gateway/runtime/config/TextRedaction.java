package dev.portcullis.gateway.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text on its way to a log or a terminal: those that the process knows, wherever they stand, and whatever
 * looks like one. The last net, not the first: nobody should put one into a message. One for the process, as its log is.
 */
public final class TextRedaction {
    /** Stands where a secret was. No part of it is shown. */
    static final String MASK = "***";

    /** Shorter ones are words that occur by themselves. */
    private static final int SHORTEST = 6;

    private static final int MOST = 2_000;

    /** Longer text is looked at in part: what is left out is not shown. */
    private static final int LONGEST = 64 * 1024;

    private static final String NAMES =
            "token|secret|password|passwd|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|credential";

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern), replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(
                    "-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\\z)",
                    MASK),
            Rule.of(
                    "(?i)\\b((?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?)(?:[a-z]{3,10} +)?[^\\s\"',;]+",
                    "$1" + MASK),
            Rule.of("(?i)\\b((?:set-)?cookie[\"']?\\s*[:=]\\s*)[^\\r\\n]+", "$1" + MASK),
            Rule.of(
                    "(?i)\\b(x-[a-z-]{0,30}(?:token|key|secret|password|auth)[\"']?\\s*[:=]\\s*[\"']?)[^\\s\"',;]+",
                    "$1" + MASK),
            Rule.of("(?i)\\b(bearer|basic|bot)( +)(?=[\\w.~+/=-]*\\d)[\\w.~+/=-]{8,}", "$1$2" + MASK),
            Rule.of("\\b([a-zA-Z][a-zA-Z0-9+.-]{1,20}://)[^/\\s@\"']{1,400}@", "$1" + MASK + "@"),
            Rule.of(
                    "(?i)([?&](?:access_token|id_token|refresh_token|token|api_?key|key|secret|client_secret|password|passwd"
                            + "|sig|signature|auth|code)=)[^&\\s#\"']+",
                    "$1" + MASK),
            // "name": "value" as in JSON; a value in quotes may hold anything
            Rule.of(
                    "(?i)([\"'][\\w.*-]{0,40}(?:" + NAMES + "|cvv|card_?number)[\\w-]{0,20}[\"']\\s*:\\s*)"
                            + "(\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|[\\w.+-]+)",
                    "$1\"" + MASK + "\""),
            Rule.of(
                    "(?i)\\b([\\w.-]{0,40}(?:" + NAMES + ")[\\w-]{0,20} ?= ?)(\"[^\"]*\"|'[^']*'|[^\\s,;&\"'})\\]]+)",
                    "$1" + MASK),
            // TOKEN in capitals, or <token>, stands for one
            Rule.of(
                    "(?i)(--[a-z-]{0,20}(?:" + NAMES + ")[= ])(?!(?-i:[A-Z_]+)(?![\\w-])|<[a-z-]+>)[^\\s\"']{6,}",
                    "$1" + MASK),
            Rule.of("\\beyJ[\\w-]{8,}\\.[\\w-]+(?:\\.[\\w-]*)?", MASK),
            Rule.of("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", MASK),
            Rule.of("\\b\\d{8,10}:AA[\\w-]{30,}", MASK),
            Rule.of(
                    "\\b(?:sk-|sk_live_|sk_test_|rk_live_|whsec_|gh[opusr]_|github_pat_|glpat-|gldt-|xox[a-z]-|xapp-|AIza|"
                            + "ya29\\.|npm_|pypi-|hf_|gsk_|xai-|pplx-|tvly-|r8_|shpat_|dop_v1_|lin_api_|ATATT|SG\\.)"
                            + "[\\w.+/=-]{6,}",
                    MASK));

    private static volatile List<String> known = List.of();
    private static volatile List<Pattern> more = List.of();

    private TextRedaction() {}

    /** Secrets that must not be shown from now on. What was known stays known: requests of before may still fail with it. */
    static synchronized void know(Collection<String> secrets) {
        Set<String> all = new LinkedHashSet<>();
        secrets.stream()
                .map(String::strip)
                .filter(secret -> secret.length() >= SHORTEST)
                .forEach(secret -> {
                    all.add(secret);
                    // as one would see it in a log line: without the line ends that it may have
                    secret.lines()
                            .map(String::strip)
                            .filter(line -> line.length() >= 16)
                            .forEach(all::add);
                });
        known.stream().limit(MOST).forEach(all::add);
        // the longest first: one may be part of another
        known = all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Patterns besides those there are always. */
    public static void use(List<String> patterns) {
        more = patterns.stream().map(RedactPattern::compile).toList();
    }

    /** The text without them. */
    public static String of(String text) {
        String shown = text;
        for (String secret : known) {
            shown = shown.replace(secret, MASK);
        }
        if (shown.length() > LONGEST) {
            shown = shown.substring(0, LONGEST) + "…";
        }
        for (Rule rule : RULES) {
            shown = rule.pattern().matcher(shown).replaceAll(rule.replacement());
        }
        for (Pattern pattern : more) {
            shown = pattern.matcher(shown).replaceAll(Matcher.quoteReplacement(MASK));
        }
        return shown;
    }
}
