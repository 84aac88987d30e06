#!/bin/sh
# Makes the bundle out of the unpacked distribution: the gateway linked into a runtime of its own, with its cache.
#   bundle.sh FOLDER BUNDLE     FOLDER: the distribution; BUNDLE: the folder to be made, and BUNDLE.zip beside it
set -eu
folder=$1
bundle=$2

. "$folder/bin/java-home.sh"
PORTCULLIS_RUNTIME=$folder/no-runtime
find_java_home 25 || {
    echo "bundle: a JDK 25 is needed" >&2
    exit 1
}
jdk=$java_home

# What plugins may rely on: all of Java SE, and of the JDK what has no tools or user interface in it.
plugins=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.localedata,jdk.management
plugins=$plugins,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.xml.dom
plugins=$plugins,jdk.zipfs

rm -rf "$bundle" "$bundle.zip"
mkdir -p "$bundle"
(cd "$folder" && tar cf - --exclude ./lib .) | (cd "$bundle" && tar xf -)
ours=$("$jdk/bin/java" --module-path "$folder/lib" --list-modules | sed -n '/ file:/s/[@ ].*//p' | tr '\n' ',')
"$jdk/bin/jlink" --module-path "$folder/lib" --add-modules "$ours$plugins" \
    --strip-debug --no-header-files --no-man-pages --output "$bundle/runtime"

# Else its driver unpacks it at every start, into a temporary folder, and runs a program to learn where it is.
native=org/sqlite/native/Linux/x86_64/libsqlitejdbc.so
(cd "$bundle" && "$jdk/bin/jar" xf "$folder"/lib/sqlite-jdbc-*.jar "$native" && mv "$native" runtime/lib && rm -r org)

# The collector and the processor's features are those of where it runs; a cache that does not fit is passed over.
env -u JAVA_HOME -u PORTCULLIS_JAVA_HOME "$bundle/bin/portcullis" --state-dir "$bundle/no-state" \
    warm --output "$bundle/runtime/lib/portcullis.aot"
rm -rf "$bundle/no-state"
chmod a+r "$bundle/runtime/lib/portcullis.aot"
(cd "$(dirname "$bundle")" && zip -qry "$bundle.zip" "$(basename "$bundle")")
