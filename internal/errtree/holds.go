package errtree

import (
	"reflect"
	"sync"
)

// A Finder looks for errors inside values. H is a type that is an error and does
// not count as one. Whether a type can hold an error is found out once, so that
// a list of a million numbers, or of times, costs no more than one of them. The
// zero Finder is ready for use, also by several goroutines at once.
type Finder[H error] struct {
	types sync.Map // of reflect.Type to bool: can a value of this type hold an error?
}

// The bounds of a search: how deep it goes, and how many values it looks into
// whose type leaves the question open. A value beyond them is taken to hold an
// error, since it has not been seen that it does not.
const (
	holdsDepth = 16
	holdsLimit = 10000
)

// Holds reports whether value is an error or has one somewhere inside it, in
// exported fields or others. An error is also what is one by its pointer.
func (f *Finder[H]) Holds(value any) bool {
	left := holdsLimit
	return f.holds(reflect.ValueOf(value), holdsDepth, &left)
}

func (f *Finder[H]) holds(v reflect.Value, depth int, left *int) bool {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || !f.canHold(v.Type()) {
		return false
	}
	if *left--; depth == 0 || *left < 0 {
		return true
	}
	switch t := v.Type(); {
	case t == reflect.TypeFor[reflect.Value]():
		return !v.CanInterface() || f.holds(v.Interface().(reflect.Value), depth-1, left)
	case v.Kind() == reflect.Pointer:
		return !v.IsNil() && (isError(t) || f.holds(v.Elem(), depth-1, left))
	case isError(t):
		return true
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f.holds(v.Field(i), depth-1, left) {
				return true
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if f.holds(v.Index(i), depth-1, left) {
				return true
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if f.holds(it.Key(), depth-1, left) || f.holds(it.Value(), depth-1, left) {
				return true
			}
		}
	}
	return false
}

// canHold reports whether a value of type t can be or hold an error.
func (f *Finder[H]) canHold(t reflect.Type) bool {
	if known, ok := f.types.Load(t); ok {
		return known.(bool)
	}
	can := leadsToError(t, reflect.TypeFor[H](), map[reflect.Type]bool{})
	f.types.Store(t, can)
	return can
}

// leadsToError reports whether t is an error, an interface, behind which one may
// be, or made of such a type.
func leadsToError(t, harmless reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] || t == harmless || t == reflect.PointerTo(harmless) {
		return false
	}
	seen[t] = true
	if t.Kind() == reflect.Interface || t == reflect.TypeFor[reflect.Value]() || isError(t) {
		return true
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return leadsToError(t.Elem(), harmless, seen)
	case reflect.Map:
		return leadsToError(t.Key(), harmless, seen) || leadsToError(t.Elem(), harmless, seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if leadsToError(t.Field(i).Type, harmless, seen) {
				return true
			}
		}
	}
	return false
}

func isError(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[error]()) || reflect.PointerTo(t).Implements(reflect.TypeFor[error]())
}
