// Package plugin is statuslint as a module plugin of golangci-lint. Its
// .custom-gcl.yml names the module and this package, and no Go is needed:
//
//	version: v2.15.0
//	plugins:
//	  - module: example.com/httpstatus/statuslint
//	    import: example.com/httpstatus/statuslint/plugin
//	    version: v0.1.0
//
// The settings in .golangci.yml are those of statuslint's own configuration
// file, without exclude and baseline, which golangci-lint has itself:
//
//	linters:
//	  enable: [statuslint]
//	  settings:
//	    custom:
//	      statuslint:
//	        type: module
//	        settings:
//	          disable: [S-401-challenge]
package plugin

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"example.com/httpstatus/statuslint"
)

func init() { register.Plugin("statuslint", New) }

// New makes the plugin from the settings in .golangci.yml. A setting that is
// not known is an error.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[statuslint.Settings](conf)
	if err != nil {
		return nil, err
	}
	a, err := statuslint.New(s)
	if err != nil {
		return nil, err
	}
	return plugin{a}, nil
}

type plugin struct{ analyzer *analysis.Analyzer }

// BuildAnalyzers returns statuslint's analyzer.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{p.analyzer}, nil
}

// GetLoadMode says that the analyzer needs types.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
