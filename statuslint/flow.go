package statuslint

import (
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// flow computes what is surely set at the start of each block, per writer. The
// writers that f does not own start with the given fields.
func (f *fn) flow(start map[*types.Var]fields) [][]fields {
	n := len(f.roots)
	in := make([][]fields, len(f.cfg.Blocks))
	for i := range in {
		in[i] = make([]fields, n)
		for j := range in[i] {
			in[i][j] = everything
		}
	}
	for j := range in[0] {
		in[0][j] = 0
	}
	for v, set := range start {
		if i, ok := f.roots[f.group(v)]; ok {
			in[0][i] = set
		}
	}
	work := []*cfg.Block{f.cfg.Blocks[0]}
	queued := make([]bool, len(f.cfg.Blocks))
	reached := make([]bool, len(f.cfg.Blocks))
	reached[0] = true
	out := make([]fields, n)
	for len(work) > 0 {
		b := work[0]
		work = work[1:]
		queued[b.Index] = false
		copy(out, in[b.Index])
		for i := range f.blocks[b.Index] {
			f.step(out, &f.blocks[b.Index][i])
		}
		for _, s := range b.Succs {
			changed := !reached[s.Index]
			reached[s.Index] = true
			for j := range out {
				if v := in[s.Index][j] & out[j]; v != in[s.Index][j] {
					in[s.Index][j] = v
					changed = true
				}
			}
			if changed && !queued[s.Index] {
				queued[s.Index] = true
				work = append(work, s)
			}
		}
	}
	return in
}

// step applies one event to a state.
func (f *fn) step(state []fields, ev *event) {
	if ev.w.root == nil {
		return
	}
	i, ok := f.roots[f.group(ev.w.root)]
	if !ok || i >= len(state) {
		return
	}
	switch ev.kind {
	case evSet:
		state[i] |= ev.set & (anyField | handled)
		if ev.key == "Content-Type" && !ev.guess && state[i]&committed == 0 {
			state[i] |= typed
		}
	case evDel:
		state[i] &^= ev.set
	case evAnswer:
		if ev.sent != everything {
			state[i] |= ev.sent & anyField
		}
		if ev.status.known && ev.status.code < 200 {
			return
		}
		if ev.kept || ev.maybe {
			return
		}
		if state[i]&committed == 0 {
			state[i] |= answered
		}
		state[i] |= committed
		if ev.content {
			state[i] |= contentUp
		}
	case evWrite:
		if !ev.once && ev.onward {
			return // it is not known whether it answers
		}
		state[i] |= committed | contentUp
	}
}

// state returns what is surely set for a variable at a point of f.
func (f *fn) state(v *types.Var, b *cfg.Block, i int) fields {
	j, ok := f.roots[f.group(v)]
	if !ok {
		return 0
	}
	state := make([]fields, len(f.roots))
	copy(state, f.in[b.Index])
	for k := range i {
		f.step(state, &f.blocks[b.Index][k])
	}
	return state[j]
}

// ever returns all that f and its literals may set for a writer.
func (f *fn) ever(v *types.Var) (set fields) {
	g := f.group(v)
	for _, evs := range f.blocks {
		for i := range evs {
			if evs[i].kind == evSet && evs[i].w.root != nil && f.group(evs[i].w.root) == g {
				set |= evs[i].set & (anyField | handled)
			}
		}
	}
	for _, l := range f.inner {
		if l.cfg != nil {
			set |= l.ever(v)
		}
	}
	return set
}
