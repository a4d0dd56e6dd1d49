package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
)

const completionUsage = `Completion prints a script that completes the words of httpstatus in a shell.

  httpstatus completion bash    source <(httpstatus completion bash)
  httpstatus completion zsh     source <(httpstatus completion zsh)
  httpstatus completion fish    httpstatus completion fish | source

  -h   print this text
`

// runCompletion prints the script for a shell.
func runCompletion(args []string, sys system) (status int, err error) {
	rest, err := parseFlags(flag.NewFlagSet("httpstatus completion", flag.ContinueOnError), args)
	if err != nil {
		return 0, err
	}
	scripts := map[string]func() string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}
	if len(rest) != 1 || scripts[rest[0]] == nil {
		return 0, usageError(`which shell? There are scripts for bash, zsh and fish`)
	}
	_, err = io.WriteString(sys.stdout, scripts[rest[0]]())
	return exitOK, err
}

// flagLine matches a line of a usage text that tells of a flag.
var flagLine = regexp.MustCompile(`(?m)^  -([a-z-]+)(?: ([A-Z]+))?  +(.*)$`)

// A flagHelp is a flag as a usage text tells of it.
type flagHelp struct{ name, value, text string }

// flagsOf returns the flags that a usage text tells of.
func flagsOf(usage string) (flags []flagHelp) {
	for _, m := range flagLine.FindAllStringSubmatch(usage, -1) {
		flags = append(flags, flagHelp{m[1], m[2], m[3]})
	}
	return flags
}

// completions returns the words that may follow a verb; "" is the command
// itself. Codes come with their phrases.
func completions(verb string) (words, texts []string) {
	add := func(word, text string) {
		if !slices.Contains(words, word) {
			words, texts = append(words, word), append(texts, text)
		}
	}
	text := usage()
	for _, sub := range subcommands() {
		switch verb {
		case sub.name:
			text = sub.usage
		case "", "help":
			add(sub.name, sub.summary)
		}
	}
	if verb == "" {
		for c := range httpstatus.All() {
			add(fmt.Sprint(int(c)), c.Phrase())
		}
		for r := range allRules() {
			add(r.ID, r.Summary)
		}
		for id := range lintRules() {
			add(id, "a rule of statuslint")
		}
	}
	if verb == "" || verb == "list" {
		for _, c := range card.Classes {
			add(c.String(), card.ClassName(c))
		}
	}
	if verb == "list" {
		for _, name := range slices.Sorted(maps.Keys(tables)) {
			add(name, "")
		}
	}
	if verb == "completion" {
		for _, shell := range []string{"bash", "zsh", "fish"} {
			add(shell, "")
		}
	}
	for _, f := range flagsOf(text) {
		add("-"+f.name, f.text)
	}
	return words, texts
}

// verbs are the verbs, with "" for the command itself.
func verbs() []string {
	names := []string{""}
	for _, sub := range subcommands() {
		names = append(names, sub.name)
	}
	return names
}

func bashScript() string {
	var b strings.Builder
	b.WriteString("# Completion of httpstatus for bash: source <(httpstatus completion bash)\n_httpstatus() {\n\tlocal words\n\tcase \"${COMP_WORDS[1]}\" in\n")
	for _, verb := range verbs()[1:] {
		words, _ := completions(verb)
		fmt.Fprintf(&b, "\t%s) words=%q ;;\n", verb, strings.Join(words, " "))
	}
	words, _ := completions("")
	fmt.Fprintf(&b, "\t*) words=%q ;;\n\tesac\n", strings.Join(words, " "))
	b.WriteString("\tif ((COMP_CWORD == 1)); then words=")
	fmt.Fprintf(&b, "%q; fi\n", strings.Join(words, " "))
	b.WriteString("\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\ncomplete -o default -F _httpstatus httpstatus\n")
	return b.String()
}

func zshScript() string {
	var b strings.Builder
	b.WriteString("#compdef httpstatus\n# Completion of httpstatus for zsh: source <(httpstatus completion zsh)\n" +
		"_httpstatus() {\n\tlocal -a choices\n\tlocal verb=\"\"\n\t((CURRENT > 2)) && verb=\"${words[2]}\"\n" +
		"\tcase \"$verb\" in\n")
	for _, verb := range append(verbs()[1:], "") {
		words, texts := completions(verb)
		if verb == "" {
			verb = "*"
		}
		fmt.Fprintf(&b, "\t%s) choices=(\n", verb)
		for i, word := range words {
			fmt.Fprintf(&b, "\t\t'%s'\n", strings.ReplaceAll(word+":"+texts[i], "'", `'\''`))
		}
		b.WriteString("\t) ;;\n")
	}
	b.WriteString("\tesac\n\t_describe httpstatus choices\n\t_files\n}\ncompdef _httpstatus httpstatus\n")
	return b.String()
}

func fishScript() string {
	var b strings.Builder
	b.WriteString("# Completion of httpstatus for fish: httpstatus completion fish | source\n")
	line := func(condition, word, text string) {
		option := "-a " + word
		if flag, ok := strings.CutPrefix(word, "-"); ok {
			option = "-o " + flag
		}
		fmt.Fprintf(&b, "complete -c httpstatus -n '%s' %s -d '%s'\n", condition, option, strings.ReplaceAll(text, "'", `\'`))
	}
	for _, verb := range verbs() {
		condition := "__fish_use_subcommand"
		if verb != "" {
			condition = "__fish_seen_subcommand_from " + verb
		}
		words, texts := completions(verb)
		for i, word := range words {
			line(condition, word, texts[i])
		}
	}
	return b.String()
}
