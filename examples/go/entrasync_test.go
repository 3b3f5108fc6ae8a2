// Package provisioning shows entrasync in Go tests: one process for the run, a tenant for each test.
package provisioning

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

var server string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	program := os.Getenv("ENTRASYNC_BINARY")
	if program == "" {
		program = "entrasync"
	}
	command := exec.Command(program, "serve", "--port", "0", "--clock", "manual")
	output, err := command.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := command.Start(); err != nil {
		panic(err)
	}
	defer func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
	}()
	// The one line on standard output comes when it accepts connections.
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		panic(err)
	}
	server = strings.Fields(line)[2]
	return m.Run()
}

// newTenant is the address of a world of a test's own, made by naming it.
func newTenant(t *testing.T) string {
	t.Helper()
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s/tenants/%x-%x-%x-%x-%x", server, id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func call(t *testing.T, method, url string, body any) map[string]any {
	t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(method, url, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		t.Fatalf("%s %s: %s", method, url, response.Status)
	}
	answer := map[string]any{}
	_ = json.NewDecoder(response.Body).Decode(&answer)
	return answer
}

func TestJobsRunOnSchedule(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t)
	answer := call(t, "POST", tenant+"/_emulator/clock", map[string]string{"advance": "PT20M"})
	if ran, _ := answer["ran"].([]any); len(ran) == 0 {
		t.Fatal("nothing ran")
	}
}
