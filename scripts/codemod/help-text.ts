import { toolStart } from '../cli/command-line.ts';

/** What `--help` says below the list of the options. */
export function helpText(): string {
  const call = toolStart('codemod');
  return `
Examples:
  ${call} --dry-run src             show what would change, write nothing
  ${call} --check src               for a pipeline: 1 when anything would change or is left
  ${call} src                       migrate src (its git tree has to be clean)
  ${call} --interactive src/api     ask place by place
  ${call} --report out.html src     also write what was done, and what was not: .html, .md or .json
  ${call} --init src                write a starting cache module where there is none
  ${call} --init src --keyed        one that also has an agent for each set of arguments (then: --keyed src)
  ${call} --init src --sync         one whose getter needs no await, for constructors and fields
  ${call} --agent-class StripeClient --agent-module lib/stripe \\
    --cache-module src/lib/stripe-cache --factory getStripe --provider getStripeProvider src

Options may also stand in an agent-cache.config.json: that of the nearest folder above the paths counts, then that
of the working directory. Flags win over it. Its "exclude" names globs of files that keep agents of their own:
neither the codemod nor the checklist looks at them. The checklist's --baseline accepts such places one by one.

What no code tells (whether a method of a package keeps what it is given) is asked for by the hint of the place. Answer
it in the configuration, "assume": [{ "id": …, "of": "Client.track", "why": … }], or by --assume ID:METHOD=WHY; the
summary and the report name every answer that a rewrite rests on.

Exit codes:
  0  nothing is left to do
  1  something is left for a person: each place is printed with its reason and a hint; with --check also
     when anything would change
  2  bad usage, an unreadable path, a file that does not parse (it stays as it was, the others still run), or no class
     or no cache module of that name to be found
  130  stopped by Ctrl-C: what was written stays, and the same command goes on from there`;
}
