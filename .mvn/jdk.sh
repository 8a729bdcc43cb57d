# Sourced by mvnw and utter: sets JAVA_HOME to a JDK 25 or newer, or says where to get one.
# The product and its build need 25; the default `java` of a machine is often older.
REQUIRED_JDK=25

jdk_version() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  jdk_found=$(jdk_version "${JAVA_HOME-}") && [ "${jdk_found:-0}" -ge $REQUIRED_JDK ] && return 0
  jdk_onpath=$(command -v javac 2>/dev/null) && jdk_onpath=$(readlink -f "$jdk_onpath" 2>/dev/null || printf %s "$jdk_onpath") && jdk_onpath=${jdk_onpath%/bin/javac}
  for jdk in "${jdk_onpath:-}" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk_found=$(jdk_version "$jdk") && [ "${jdk_found:-0}" -ge $REQUIRED_JDK ] && JAVA_HOME=$jdk && export JAVA_HOME && return 0
  done
  echo "No JDK $REQUIRED_JDK found: install one (https://adoptium.net, or: sdk install java $REQUIRED_JDK-tem) or set JAVA_HOME to it." >&2
  return 1
}

find_jdk || exit 1
