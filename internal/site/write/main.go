// Write renders the pages into docs/site. It runs in the folder internal/site.
package main

import (
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"example.com/httpstatus/internal/site"
)

func main() {
	log.SetFlags(0)
	files, err := site.Render(os.DirFS("../.."))
	if err != nil {
		log.Fatal(err)
	}
	if err := write("../../docs/site", files); err != nil {
		log.Fatal(err)
	}
}

// write makes dir hold these files, and besides them only its own package.
func write(dir string, files map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".go" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, files[path], 0o666); err != nil {
			return err
		}
	}
	return nil
}
