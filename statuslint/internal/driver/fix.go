package driver

import (
	"bytes"
	"fmt"
	"go/format"
	"io"
	"os"
	"slices"
	"strings"
)

// Fix applies the first fix of each finding that has one, and returns how many
// it applied. A fix that overlaps another is left for the next run. If diff is
// not nil, the changes are written there, and the files stay as they are.
func (r *Result) Fix(diff io.Writer) (applied int, err error) {
	edits := make(map[string][]Edit)
	for i := range r.Findings {
		f := &r.Findings[i]
		if len(f.Fixes) == 0 || slices.ContainsFunc(f.Fixes[0].Edits, func(e Edit) bool { return overlaps(edits[e.File], e) }) {
			continue
		}
		for _, e := range f.Fixes[0].Edits {
			edits[e.File] = append(edits[e.File], e)
		}
		applied++
	}
	var names []string
	for name := range edits {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		old, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		text, err := apply(old, edits[name])
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		if diff != nil {
			if err := unified(diff, name, string(old), string(text)); err != nil {
				return 0, err
			}
			continue
		}
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		if err := os.WriteFile(name, text, info.Mode()); err != nil {
			return 0, err
		}
	}
	return applied, nil
}

func overlaps(list []Edit, e Edit) bool {
	return slices.ContainsFunc(list, func(x Edit) bool {
		return e.Start < x.End && x.Start < e.End || e.Start == x.Start && e.End == x.End
	})
}

// apply makes the edits, and formats the result if the source was formatted.
func apply(src []byte, edits []Edit) ([]byte, error) {
	formatted, err := format.Source(src)
	wasFormatted := err == nil && bytes.Equal(formatted, src)
	slices.SortStableFunc(edits, func(a, b Edit) int { return b.Start - a.Start })
	out := slices.Clone(src)
	for _, e := range edits {
		if e.Start < 0 || e.End > len(out) || e.Start > e.End {
			return nil, fmt.Errorf("an edit from %d to %d is outside of the file", e.Start, e.End)
		}
		out = slices.Replace(out, e.Start, e.End, []byte(e.New)...)
	}
	if !wasFormatted {
		return out, nil
	}
	return format.Source(out)
}

// unified writes the difference of two texts in unified form.
func unified(w io.Writer, name, old, text string) error {
	a, b := strings.SplitAfter(old, "\n"), strings.SplitAfter(text, "\n")
	if _, err := fmt.Fprintf(w, "--- %s\n+++ %s\n", name, name); err != nil {
		return err
	}
	ops := script(a, b)
	const context = 3
	for i := 0; i < len(ops); {
		for i < len(ops) && ops[i].kind == ' ' {
			i++
		}
		if i == len(ops) {
			break
		}
		from := max(0, i-context)
		to, same := i, 0
		for j := i; j < len(ops) && same <= 2*context; j++ {
			if ops[j].kind == ' ' {
				same++
			} else {
				same, to = 0, j+1
			}
		}
		end := min(len(ops), to+context)
		olds, news := 0, 0
		for _, op := range ops[from:end] {
			if op.kind != '+' {
				olds++
			}
			if op.kind != '-' {
				news++
			}
		}
		fmt.Fprintf(w, "@@ -%d,%d +%d,%d @@\n", ops[from].a+1, olds, ops[from].b+1, news)
		for _, op := range ops[from:end] {
			line := strings.TrimSuffix(op.text, "\n")
			if _, err := fmt.Fprintf(w, "%c%s\n", op.kind, line); err != nil {
				return err
			}
		}
		i = end
	}
	return nil
}

// An op is a line of a difference, and where it stands in both texts.
type op struct {
	kind byte
	text string
	a, b int
}

// script compares two texts line by line. The lines that both start and end
// with are put aside; fixes are few and short, so that what is left between
// them is.
func script(a, b []string) (ops []op) {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	for i := range start {
		ops = append(ops, op{' ', a[i], i, i})
	}
	x, y := a[start:len(a)-end], b[start:len(b)-end]
	// The longest common subsequence of what is left.
	table := make([][]int, len(x)+1)
	for i := range table {
		table[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			ops = append(ops, op{' ', x[i], start + i, start + j})
			i++
			j++
		case i < len(x) && (j == len(y) || table[i+1][j] >= table[i][j+1]):
			ops = append(ops, op{'-', x[i], start + i, start + j})
			i++
		default:
			ops = append(ops, op{'+', y[j], start + i, start + j})
			j++
		}
	}
	for k := range end {
		ops = append(ops, op{' ', a[len(a)-end+k], len(a) - end + k, len(b) - end + k})
	}
	return ops
}
