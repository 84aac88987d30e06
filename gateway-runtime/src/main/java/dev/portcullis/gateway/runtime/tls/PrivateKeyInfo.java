package dev.portcullis.gateway.runtime.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Keys in the older formats that many tools still write (PKCS#1, SEC 1), wrapped as the JDK reads them: PKCS#8. */
final class PrivateKeyInfo {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int OBJECT = 0x06;
    private static final int PARAMETERS = 0xa0;
    private static final byte[] VERSION = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PrivateKeyInfo() {}

    static byte[] ofRsa(byte[] key) {
        return tagged(SEQUENCE, VERSION, RSA, tagged(OCTETS, key));
    }

    /** Empty if the key does not name its curve. */
    static Optional<byte[]> ofEc(byte[] key) {
        return curve(key).map(curve -> tagged(SEQUENCE, VERSION, tagged(SEQUENCE, EC, curve), tagged(OCTETS, key)));
    }

    /** SEQUENCE { INTEGER, OCTET STRING, [0] OBJECT IDENTIFIER, … }. */
    private static Optional<byte[]> curve(byte[] key) {
        try {
            Element all = Element.at(key, 0);
            Element version = Element.at(key, all.from());
            Element secret = Element.at(key, version.to());
            if (secret.to() >= all.to()) {
                return Optional.empty();
            }
            Element parameters = Element.at(key, secret.to());
            Element curve = Element.at(key, parameters.from());
            return parameters.tag() == PARAMETERS && curve.tag() == OBJECT
                    ? Optional.of(Arrays.copyOfRange(key, parameters.from(), curve.to()))
                    : Optional.empty();
        } catch (IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    private record Element(int tag, int from, int to) {
        static Element at(byte[] der, int start) {
            int tag = der[start] & 0xff;
            int length = der[start + 1] & 0xff;
            int from = start + 2;
            if (length > 0x80 && length <= 0x82) {
                int more = length & 0x7f;
                length = 0;
                for (int i = 0; i < more; i++) {
                    length = (length << 8) | (der[from++] & 0xff);
                }
            }
            if (from + length > der.length) {
                throw new IndexOutOfBoundsException();
            }
            return new Element(tag, from, from + length);
        }
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (length < 0x80) {
            all.write(length);
        } else {
            all.write(0x82);
            all.write(length >> 8);
            all.write(length);
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
