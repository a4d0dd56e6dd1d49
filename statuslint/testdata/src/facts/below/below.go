// Package below makes errors, and knows nobody who answers with them.
package below

import "facts/apperr"

func Check(method string) error {
	if method != "GET" {
		return apperr.New(426, "use another protocol")
	}
	return nil
}
