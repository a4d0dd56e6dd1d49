// Package unofficial tells what vendors mean by status codes that IANA's
// registry does not have, such as 499 in a log of nginx or 520 from Cloudflare,
// and by registered codes that they use in a sense of their own. It is for
// reading logs, traces and dashboards.
//
// Nothing here changes what a client does. A client that meets a code which is
// not registered treats it as the x00 code of its class, and a number outside
// 100 to 599 as a server error (RFC 9110, Section 15); see
// [httpstatus.Code.Fallback]. A vendor's meaning binds only that vendor's own
// clients, and a server should send none of these codes.
//
// # Collisions
//
// One code often has several uses, and the code alone does not tell them apart:
// in a log of nginx, 499 is a client that went away, and in one of ArcGIS a
// token that is missing. [Lookup] returns them all, one for each vendor.
// Vendors that mean the same are listed each.
//
// Some uses contradict the registry. The registered meaning is then the right
// one unless the vendor's software is known to be the sender:
//
//   - 103 is Early Hints, and was Checkpoint in the Spring Framework.
//   - 308 is Permanent Redirect, and Resume Incomplete in uploads to Google.
//   - 418 is reserved as unused, and the teapot of RFC 2324.
//   - 421 is Misdirected Request, and was Destination Locked in the Spring Framework.
//   - 425 is Too Early, and was Unordered Collection in drafts of WebDAV.
//   - 451 is Unavailable For Legal Reasons, and Redirect in Exchange ActiveSync.
//
// The table holds what a vendor documents. A code that [Lookup] does not find
// may still be in use.
package unofficial

import (
	"cmp"
	"iter"
	"slices"

	"example.com/httpstatus"
)

// A Use is what one vendor means by a code.
type Use struct {
	Code httpstatus.Code // 100 to 999; above 599 it is no status code, though it is sent as one

	Vendor  string // the product or company: "nginx", "AWS Elastic Load Balancing"
	Phrase  string // what the vendor or its users call the code; "" if it has no name
	Meaning string // what has happened, in a sentence or two
	Source  string // the vendor's document that says so, by name
}

// Lookup returns the uses of c in the order of the vendors' names, or nil if
// none is known. Any int may be asked about. More than one use is a collision,
// unless the vendors agree; c.IsRegistered reports whether there is a
// registered meaning too. The caller owns the slice.
func Lookup(c httpstatus.Code) []Use {
	lo, found := slices.BinarySearchFunc(table[:], c, func(u Use, c httpstatus.Code) int { return cmp.Compare(u.Code, c) })
	if !found {
		return nil
	}
	hi := lo
	for hi < len(table) && table[hi].Code == c {
		hi++
	}
	return slices.Clone(table[lo:hi])
}

// All returns every use, by ascending code, and those of one code in the order
// of the vendors' names.
func All() iter.Seq[Use] {
	return func(yield func(Use) bool) {
		for _, u := range table {
			if !yield(u) {
				return
			}
		}
	}
}
