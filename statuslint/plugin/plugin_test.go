package plugin

import (
	"testing"

	"github.com/golangci/plugin-module-register/register"
)

// TestPlugin holds that the plugin is registered, and takes its settings.
func TestPlugin(t *testing.T) {
	newPlugin, err := register.GetPlugin("statuslint")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(map[string]any{"disable": []any{"S-401-challenge"}, "session-auth": []any{"example.org/web/..."}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.BuildAnalyzers()
	if err != nil || len(list) != 1 || list[0].Name != "statuslint" {
		t.Errorf("the analyzers are %v, %v", list, err)
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("the load mode is %q", mode)
	}
	if _, err := newPlugin(nil); err != nil {
		t.Errorf("without settings: %v", err)
	}
	for _, bad := range []map[string]any{{"disabled": []any{}}, {"disable": []any{"S-405"}}} {
		if _, err := newPlugin(bad); err == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
}
