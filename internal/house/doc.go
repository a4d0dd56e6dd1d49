// Package house holds the rules of this repository as tests: who may import
// whom, which names are promised, how large and how quick things may be, and what
// the documentation has to say. It has no code of its own.
package house
