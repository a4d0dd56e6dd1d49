package statuslint

import (
	"testing"

	"example.com/httpstatus/statuslint/internal/codes"
)

// The rules on fields agree with the table of codes, which is generated from
// the facts of the library. 101 is written by hijackers and 226 by nobody, so
// they have no rule.
func TestFieldRulesFollowTheTable(t *testing.T) {
	required := 0
	for number := 100; number < 600; number++ {
		code, ok := codes.Lookup(number)
		if !ok || len(code.Required) == 0 || number == 101 || number == 226 {
			continue
		}
		required++
		if rule, ok := fieldRuleOf(number); !ok || rule.name != code.Required[0] {
			t.Errorf("%d owes %v, and its rule is about %q", number, code.Required, rule.name)
		}
	}
	if required != 4 {
		t.Errorf("%d codes owe a field, and 4 have a rule: 401, 405, 407 and 426", required)
	}
}
