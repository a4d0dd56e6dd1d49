package catalog

import (
	"fmt"
	"os"
	"path/filepath"

	"example.com/httpstatus/internal/registry"
)

// A File is a generated file, or a file with a generated part.
type File struct {
	Path string // below the root of the module
	Text []byte
}

// Files returns every file that the generator writes, with the text it should
// have. uses.csv and the files that are generated in part are read below root.
func Files(root string, r *registry.Registry) ([]File, error) {
	source, err := Source(r)
	if err != nil {
		return nil, err
	}
	descriptions, err := Descriptions(r)
	if err != nil {
		return nil, err
	}
	lint, err := LintTable(r)
	if err != nil {
		return nil, err
	}
	uses, err := os.ReadFile(filepath.Join(root, usesFile))
	if err != nil {
		return nil, err
	}
	unofficial, err := Unofficial(uses, r)
	if err != nil {
		return nil, err
	}
	rpc, err := RPC(r)
	if err != nil {
		return nil, err
	}
	proxy, err := ProxyErrors(r)
	if err != nil {
		return nil, err
	}
	files := []File{
		{"catalog_gen.go", source},
		{"describe_gen.go", descriptions},
		{"proxystatus/table_gen.go", proxy},
		{"rpcstatus/table_gen.go", rpc},
		{"statuslint/internal/codes/table_gen.go", lint},
		{"unofficial/table_gen.go", unofficial},
	}
	for _, p := range [...]struct {
		path, begin, end string
		part             []byte
	}{
		{"doc.go", "// # Status codes", "package httpstatus", DocList(r)},
		{"README.md", "<!-- predicates: generated -->", "<!-- end -->", PredicateTable(r)},
	} {
		text, err := os.ReadFile(filepath.Join(root, p.path))
		if err != nil {
			return nil, err
		}
		text, err = Splice(text, p.begin, p.end, p.part)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.path, err)
		}
		files = append(files, File{p.path, text})
	}
	return files, nil
}
