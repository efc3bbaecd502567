// Command backend serves the tomoda API and its one WebSocket hub.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"net/http"
	"strings"
)

//go:embed VERSION
var version string

func main() {
	http.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "ok %s\n", strings.TrimSpace(version))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
