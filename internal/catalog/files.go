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
	files := []File{}
	for _, g := range [...]struct {
		path string
		text func(*registry.Registry) ([]byte, error)
	}{
		{"caching/method_gen.go", CachingMethods},
		{"catalog_gen.go", Source},
		{"describe_gen.go", Descriptions},
		{"internal/choosing/table_gen.go", Choices},
		{"proxystatus/table_gen.go", ProxyErrors},
		{"rpcstatus/table_gen.go", RPC},
		{"statuslint/internal/codes/table_gen.go", LintTable},
		{"statushttp/method_gen.go", ServerMethods},
		{"unofficial/table_gen.go", func(r *registry.Registry) ([]byte, error) {
			uses, err := os.ReadFile(filepath.Join(root, usesFile))
			if err != nil {
				return nil, err
			}
			return Unofficial(uses, r)
		}},
	} {
		text, err := g.text(r)
		if err != nil {
			return nil, err
		}
		files = append(files, File{g.path, text})
	}
	for _, p := range [...]struct {
		path, begin, end string
		part             []byte
	}{
		{"doc.go", "// # Choosing a code", "package httpstatus", DocEnd(r)},
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
