package dev.portcullis.gateway.api.tool;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of one invocation, already coerced and checked against the tool's {@link InputSchema}. Implemented by the
 * gateway; immutable and safe for use by several threads.
 *
 * <p>A JSON null counts as absent. The getters without {@code Optional} are for arguments that the schema requires; when
 * one is absent, or of another type than asked for, they throw {@link ToolInputException}, which the caller sees as a 400.
 */
public interface Arguments {
    /**
     * Whether an argument was given.
     *
     * @param name the argument's name
     * @return false if absent or null
     */
    boolean has(String name);

    /**
     * A text.
     *
     * @param name the argument's name
     * @return the text as sent
     * @throws ToolInputException if absent or no text
     */
    String string(String name);

    /**
     * A text that may be absent.
     *
     * @param name the argument's name
     * @return the text as sent, empty if absent
     * @throws ToolInputException if present and no text
     */
    Optional<String> optionalString(String name);

    /**
     * A whole number.
     *
     * @param name the argument's name
     * @return the number
     * @throws ToolInputException if absent, no whole number, or beyond the range of {@code long}
     */
    long integer(String name);

    /**
     * A whole number that may be absent.
     *
     * @param name the argument's name
     * @return the number, empty if absent
     * @throws ToolInputException if present and no whole number, or beyond the range of {@code long}
     */
    Optional<Long> optionalInteger(String name);

    /**
     * A number.
     *
     * @param name the argument's name
     * @return the number with all its digits, whether it was sent as a number or as a text
     * @throws ToolInputException if absent or no number
     */
    BigDecimal number(String name);

    /**
     * A number that may be absent.
     *
     * @param name the argument's name
     * @return the number, empty if absent
     * @throws ToolInputException if present and no number
     */
    Optional<BigDecimal> optionalNumber(String name);

    /**
     * A flag.
     *
     * @param name the argument's name
     * @return the flag, false if absent
     * @throws ToolInputException if present and no boolean
     */
    boolean flag(String name);

    /**
     * A list of texts.
     *
     * @param name the argument's name
     * @return the texts, empty if absent
     * @throws ToolInputException if present and no list of texts
     */
    List<String> strings(String name);

    /**
     * An object within the arguments.
     *
     * @param name the argument's name
     * @return the object, empty if absent
     * @throws ToolInputException if present and no object
     */
    Optional<Arguments> object(String name);

    /**
     * Everything, as plain values: String, Boolean, Long, Double or BigDecimal, List, Map and null.
     *
     * <p>A whole number is a Long if it fits. A fraction is a Double if that has the very digits that were sent, as 1.5 has, and
     * a BigDecimal if it has not, as 0.1234567890123456789 and 1.50. So a tool that calculates takes {@link #number}, or
     * {@code Number}. No number has more than 1,000 digits before or after its point.
     *
     * @return an immutable map in the order the caller sent it
     */
    Map<String, Object> asMap();
}
