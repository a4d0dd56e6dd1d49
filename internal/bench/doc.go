// Package bench puts httpstatus beside the packages that one would use in its
// place. It has benchmarks, which run every way of doing a thing in turn, so
// that the ratios hold on a machine that does other things as well, and tests
// that say where the answers of the others differ. README.md tells how to run
// it and what came out.
//
// It is a module of its own, so that no other module has its dependencies.
package bench
