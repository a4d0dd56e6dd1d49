package statuslint

import (
	"go/ast"
)

func (e *engine) checkSyntax() {}

func (e *engine) numeral(lit *ast.BasicLit, code int) {}
