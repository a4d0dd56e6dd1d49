// Command gen writes the generated files of the module from the inputs in
// internal/registry. Run it through go generate, in the root of the module.
package main

import (
	"log"
	"os"

	"example.com/httpstatus/internal/catalog"
	"example.com/httpstatus/internal/registry"
)

func main() {
	log.SetFlags(0)
	r, err := registry.Load(registry.Files)
	if err != nil {
		log.Fatal(err)
	}
	files, err := catalog.Files(".", r)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range files {
		if err := os.WriteFile(f.Path, f.Text, 0o666); err != nil {
			log.Fatal(err)
		}
	}
}
