#!/bin/sh
# ${project.name}: runs with the Java runtime that lies beside it.
#
#   IRQ_LEDGER_OPTS   further options of the JVM, separated by blanks
set -eu

# The agent and the service are programs of their own, in packages of their own.
case "${program.name} ${1:-}" in
  'irq-ledger agent' | 'irq-ledger service')
    program="irq-ledger-$1"
    command -v "$program" >/dev/null || {
      echo "irq-ledger: $program is not installed: install the package $program" >&2
      exit 127
    }
    shift
    exec "$program" "$@"
    ;;
esac

# Most commands live for a second; what serves lives for days, and is worth the second compiler's work.
serving=
case "${program.name} ${1:-} ${2:-}" in
  'irq-ledger replay serve') serving=-XX:TieredStopAtLevel=4 ;;
esac

# The program's folder, whatever symlinks led here.
script="$(readlink -f -- "$0")"
home="${script%/*/*}"

set -- -cp "$home/lib/${program.name}.jar" ${program.main} "$@"

# What typical commands load and compile, made ready when the package was built. Where the JVM cannot
# use it (by other options, say) it starts as it would without; IRQ_LEDGER_OPTS=-Xlog:aot tells why.
cache="$home/lib/${program.name}.aot"
[ ! -f "$cache" ] || set -- "-XX:AOTCache=$cache" "$@"

# shellcheck disable=SC2086 # options are words
exec "$home/runtime/bin/java" ${launch.options} $serving -Xlog:aot=off \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  ${IRQ_LEDGER_OPTS:-} "$@"
