// Write renders the pages into docs/site. It runs in the folder internal/site.
package main

import (
	"bytes"
	"io/fs"
	"log"
	"maps"
	"os"
	"path"
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

// write makes dir hold these files, and besides them only its own package. It
// touches no file that is right already.
func write(dir string, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if have, err := os.ReadFile(to); err == nil && bytes.Equal(have, files[name]) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(to, files[name], 0o666); err != nil {
			return err
		}
	}
	return fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || files[name] != nil || path.Ext(name) == ".go" {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.Remove(to); err != nil {
			return err
		}
		os.Remove(filepath.Dir(to)) // if it was the last one
		return nil
	})
}
