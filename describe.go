package httpstatus

// A Description is the card of a status code as data: what its doc comment
// tells, for programs that show it.
type Description struct {
	Code   Code   // whose card it is
	Phrase string // "Not Found"; "" if the code is not registered
	Remark string // what the registry adds, such as "OBSOLETED"; mostly ""

	Meaning             string        // what the server says with it, in a sentence or two
	UseWhen             string        // when a server picks it
	NotToBeConfusedWith []Distinction // the codes it is mistaken for
	Debugging           string        // where to look first when it turns up; mostly ""

	HistoricNames []string // older phrases, newest first
	Reference     string   // where it is defined, as in "RFC 9110, Section 15.5.5"
	URL           string   // of the reference
}

// A Distinction tells one code from another.
type Distinction struct {
	Code Code   // the other code
	How  string // one sentence that tells the two apart
}

// Describe returns the card of c. A valid code that is not registered gets the
// card of its class, with c as its Code and no Phrase; a number that is no
// status code gets a Meaning that says so.
//
// Describe is a function and not a method so that a program which does not call
// it does not carry its text: the linker keeps the methods of a type that meets
// reflection, but drops a function that is not called. The slices in the Description
// are shared between calls; do not change them.
func Describe(c Code) Description {
	if !c.IsValid() {
		return Description{
			Code:      c,
			Meaning:   "Not a status code, because it is outside 100 to 599. A client treats it as a server error.",
			Reference: "RFC 9110, Section 15",
			URL:       "https://www.rfc-editor.org/rfc/rfc9110.html#section-15",
		}
	}
	d, ok := description(c)
	if !ok {
		d, _ = description(c / 100) // the card of a class is filed under its digit
		d.Code = c
	}
	return d
}

func description(c Code) (Description, bool) {
	lo, hi := 0, len(descriptionTable)
	for lo < hi {
		if m := int(uint(lo+hi) / 2); descriptionTable[m].Code < c {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(descriptionTable) && descriptionTable[lo].Code == c {
		return descriptionTable[lo], true
	}
	return Description{}, false
}
