package deploy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"telex/internal/stream"
)

// tree is a YAML value: mappings are tree, lists []any.
type tree = map[string]any

// documents reads the YAML documents of a file.
func documents(t *testing.T, path string) []tree {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []tree
	for d := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var doc tree
		err := d.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("read %s: %v", path, err)
		}
		out = append(out, doc)
	}
}

// at follows keys and, for numbers, places in lists; nil if there is nothing.
func at(v any, path ...any) any {
	for _, p := range path {
		switch key := p.(type) {
		case string:
			m, _ := v.(tree)
			v = m[key]
		case int:
			l, _ := v.([]any)
			if key >= len(l) {
				return nil
			}
			v = l[key]
		}
	}
	return v
}

func text(v any, path ...any) string {
	if v = at(v, path...); v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func list(v any, path ...any) []any {
	l, _ := at(v, path...).([]any)
	return l
}

func words(v any, path ...any) (out []string) {
	for _, w := range list(v, path...) {
		out = append(out, fmt.Sprint(w))
	}
	return out
}

// container is a command as a deployment runs it.
type container struct {
	from    string // where it stands, for errors
	image   string
	command string // worker or producer
	args    []string
	env     map[string]string
	files   map[string]string // of users and authorities: path inside -> name
}

// composed gives the containers of Telex that docker-compose.yml runs.
func composed(t *testing.T) map[string]container {
	t.Helper()
	out := map[string]container{}
	for name, s := range at(documents(t, "../docker-compose.yml")[0], "services").(tree) {
		if text(s, "image") != "telex" {
			continue
		}
		c := container{from: "docker-compose.yml: " + name, image: "telex", command: "worker", args: words(s, "command"),
			env: map[string]string{}, files: map[string]string{}}
		if entry := words(s, "entrypoint"); len(entry) > 0 {
			c.command = strings.TrimPrefix(entry[0], "/")
		}
		env, _ := at(s, "environment").(tree)
		for k, v := range env {
			c.env[k] = fmt.Sprint(v)
		}
		for _, secret := range words(s, "secrets") {
			c.files["/run/secrets/"+secret] = secret
		}
		for _, config := range words(s, "configs") {
			c.files["/"+config] = config
		}
		out[name] = c
	}
	return out
}

// deployed gives the containers of Telex that the Kubernetes manifests run.
func deployed(t *testing.T) map[string]container {
	t.Helper()
	out := map[string]container{}
	for _, file := range []string{"init", "worker"} {
		path := "kubernetes/" + file + ".yaml"
		spec := at(documents(t, path)[0], "spec", "template", "spec")
		c := container{from: path, image: text(spec, "containers", 0, "image"), command: "worker",
			args: words(spec, "containers", 0, "args"), env: map[string]string{}, files: map[string]string{}}
		for _, e := range list(spec, "containers", 0, "env") {
			c.env[text(e, "name")] = text(e, "value")
		}
		for _, m := range list(spec, "containers", 0, "volumeMounts") {
			switch text(m, "name") {
			case "ca":
				c.files[text(m, "mountPath")+"/ca.pem"] = "ca.pem"
			case "keys":
				c.files[text(m, "mountPath")+"/"+file2user[file]+".nk"] = file2user[file] + ".nk"
			}
		}
		out[file] = c
	}
	return out
}

// file2user tells which user's key the Secret of a manifest holds.
var file2user = map[string]string{"init": "admin", "worker": "worker"}

// here turns the arguments and the environment of a container into those that
// do the same on this machine, towards the servers of the site.
func (c *container) here(t *testing.T, s *site, state string) (args, env []string) {
	t.Helper()
	for _, a := range c.args {
		if a == "/examples" {
			a = examples(t)
		}
		args = append(args, a)
	}
	env = append(env, "HOME="+s.dir, "TELEX_STATE="+state)
	for k, v := range c.env {
		switch {
		case k == "NATS_URL":
			v = s.url()
		case strings.HasPrefix(v, "/"):
			file, known := c.files[v]
			if !known {
				t.Errorf("%s: %s=%s, but no such file is mounted; there are %v", c.from, k, v, c.files)
			}
			v = s.path("keys", file)
			if strings.HasSuffix(file, ".pem") {
				v = s.path("certs", file)
			}
		}
		env = append(env, k+"="+v)
	}
	return args, env
}

func examples(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../examples")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// What docker-compose.yml and the manifests run does its work, on three servers:
// init makes the streams, the producer feeds the examples, a worker reads them all.
func TestContainersDoTheirWork(t *testing.T) {
	t.Parallel()
	for name, containers := range map[string]map[string]container{"compose": composed(t), "kubernetes": deployed(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := threeServers(t)
			state, err := os.MkdirTemp("", "tx") // sockets have short paths
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(state) })
			run := func(name string) {
				c, known := containers[name]
				if !known {
					return
				}
				args, env := c.here(t, s, state)
				cmd := exec.Command(filepath.Join(tools, c.command), args...)
				cmd.Env = env
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%s: %v\n%s", c.from, err, out)
				}
			}
			run("init")
			admin, _ := s.connect(t, "admin")
			c := containers["worker"]
			args, env := c.here(t, s, state)
			w := s.launch(t, append(env, "TELEX_STATS=500ms"), args...)
			eventually(t, "worker health is content", func() bool {
				health := exec.Command(filepath.Join(tools, "worker"), "health")
				health.Env = env
				return health.Run() == nil
			})
			run("producer")
			if _, feeds := containers["producer"]; feeds {
				want := stateOf(t, admin, stream.Documents).Msgs
				if want < 15 {
					t.Errorf("the producer published %d documents", want)
				}
				for range want {
					w.await(t, `"event":"doc.done"`)
				}
			}
			if code := w.stop(t); code != 0 {
				t.Errorf("the worker ended with %d", code)
			}
			for _, c := range consumersOf(t, admin) {
				if c.Config.Replicas != 0 && c.Config.Replicas != 3 {
					t.Errorf("consumer %s has %d replicas", c.Name, c.Config.Replicas)
				}
			}
		})
	}
}

// Every variable is one that the command reads, every path one that is mounted,
// every user one of accounts.conf, with its own prefix.
func TestContainersSayWhatTheCommandsKnow(t *testing.T) {
	t.Parallel()
	accounts := readFile(t, "nats/accounts.conf")
	known := userVariables(t)
	for _, containers := range []map[string]container{composed(t), deployed(t)} {
		for name, c := range containers {
			help := helpOf(t, c.command, c.args)
			for variable, value := range c.env {
				if !strings.Contains(help, "$"+variable) {
					t.Errorf("%s: %s is no variable of %s", c.from, variable, c.command)
				}
				if variable == "TELEX_NKEY" {
					user := strings.TrimSuffix(filepath.Base(value), ".nk")
					if !slices.Contains(known, user) || c.env["TELEX_INBOX_PREFIX"] != "_INBOX_"+user || !strings.Contains(accounts, `"_INBOX_`+user+`.>"`) {
						t.Errorf("%s: user %q with inbox prefix %q; accounts.conf has %v", c.from, user, c.env["TELEX_INBOX_PREFIX"], known)
					}
				}
			}
			if c.image != "telex" {
				t.Errorf("%s: image %q", c.from, c.image)
			}
			if url := c.env["NATS_URL"]; url != "" && url != "tls://nats-0.nats:4222,tls://nats-1.nats:4222,tls://nats-2.nats:4222" {
				t.Errorf("%s: NATS_URL %q", c.from, url)
			}
			if name == "nkey" && !slices.Equal(slices.Sorted(slices.Values(c.args[3:])), known) {
				t.Errorf("%s makes keys of %v; accounts.conf needs %v", c.from, c.args[3:], known)
			}
		}
	}
}

// userVariables are the keys that accounts.conf wants from keys.conf.
func userVariables(t *testing.T) []string {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`nkey: \$(\w+)`).FindAllStringSubmatch(readFile(t, "nats/accounts.conf"), -1) {
		seen[m[1]] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// helpOf is the help of a command, or of the subcommand that the arguments begin with.
func helpOf(t *testing.T, command string, args []string) string {
	t.Helper()
	line := []string{"--help"}
	if command == "worker" && len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		line = []string{args[0], "--help"}
	}
	out, err := exec.Command(filepath.Join(tools, command), line...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", command, line, err, out)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// Names and ports of docker-compose.yml agree with the configuration of the servers.
func TestComposeAgreesWithTheServers(t *testing.T) {
	t.Parallel()
	doc := documents(t, "../docker-compose.yml")[0]
	cluster := readFile(t, "nats/cluster.conf")
	services := at(doc, "services").(tree)
	for i := range 3 {
		name := fmt.Sprintf("nats-%d", i)
		s := services[name]
		if text(s, "environment", "NATS_NAME") != name || text(s, "networks", "default", "aliases", 0) != name+".nats" {
			t.Errorf("%s: %v, %v", name, at(s, "environment"), at(s, "networks"))
		}
		if !strings.Contains(cluster, "nats-route://"+name+".nats:6222") {
			t.Errorf("cluster.conf has no route to %s", name)
		}
		if !slices.Contains(words(s, "volumes"), name+":/data") || !strings.Contains(readFile(t, "nats/server.conf"), `store_dir: "/data"`) {
			t.Errorf("%s does not keep its store: %v", name, at(s, "volumes"))
		}
		for _, kind := range []string{"configs", "secrets"} {
			for _, c := range list(s, kind) {
				checkMounted(t, doc, kind, text(c, "source"))
			}
		}
	}
	for name, s := range services {
		for _, kind := range []string{"configs", "secrets"} {
			for _, c := range list(s, kind) {
				if source, plain := c.(string); plain {
					checkMounted(t, doc, kind, source)
				}
			}
		}
		on, _ := at(s, "depends_on").(tree)
		for other := range on {
			if services[other] == nil {
				t.Errorf("%s depends on %s, which is not there", name, other)
			}
		}
	}
}

// checkMounted holds the files of compose to those that are in the project, or
// that the site makes under deploy/secrets.
func checkMounted(t *testing.T, doc tree, kind, source string) {
	t.Helper()
	file := text(doc, kind, source, "file")
	if made := strings.HasPrefix(file, "deploy/secrets/"); made {
		return
	}
	if _, err := os.Stat(filepath.Join("..", file)); err != nil || file == "" {
		t.Errorf("%s %s: %v", kind, source, err)
	}
}

// Every pod of the manifests is hardened, knows its volumes, and is found by
// what selects it.
func TestManifests(t *testing.T) {
	t.Parallel()
	labels := map[string]bool{}
	var selectors []string
	for _, path := range manifests(t) {
		for _, doc := range documents(t, path) {
			where := path + ": " + text(doc, "kind")
			if text(doc, "apiVersion") == "" || text(doc, "metadata", "name") == "" {
				t.Errorf("%s has no apiVersion or name", where)
			}
			if pod := at(doc, "spec", "template", "spec"); pod != nil {
				labels[text(doc, "spec", "template", "metadata", "labels", "app")] = true
				checkPod(t, where, pod)
			}
			for _, selector := range []any{at(doc, "spec", "selector", "matchLabels"), at(doc, "spec", "selector"), at(doc, "spec", "podSelector", "matchLabels")} {
				if app := text(selector, "app"); app != "" {
					selectors = append(selectors, app)
				}
			}
		}
	}
	for _, app := range selectors {
		if !labels[app] {
			t.Errorf("something selects the pods %q, which are not there", app)
		}
	}
}

func manifests(t *testing.T) []string {
	t.Helper()
	out := words(documents(t, "kustomization.yaml")[0], "resources")
	files, err := filepath.Glob("kubernetes/*.yaml")
	if err != nil || !slices.Equal(slices.Sorted(slices.Values(out)), files) {
		t.Errorf("kustomization.yaml has %v, the folder %v (%v)", out, files, err)
	}
	return out
}

func checkPod(t *testing.T, where string, pod any) {
	t.Helper()
	if text(pod, "securityContext", "runAsNonRoot") != "true" || text(pod, "securityContext", "runAsUser") == "" ||
		text(pod, "securityContext", "seccompProfile", "type") != "RuntimeDefault" || text(pod, "automountServiceAccountToken") != "false" {
		t.Errorf("%s: the pod is not hardened", where)
	}
	volumes := map[string]bool{"data": strings.Contains(where, "StatefulSet")}
	for _, v := range list(pod, "volumes") {
		volumes[text(v, "name")] = true
	}
	for _, c := range list(pod, "containers") {
		if text(c, "securityContext", "readOnlyRootFilesystem") != "true" || text(c, "securityContext", "allowPrivilegeEscalation") != "false" ||
			text(c, "securityContext", "capabilities", "drop", 0) != "ALL" {
			t.Errorf("%s: container %s is not hardened", where, text(c, "name"))
		}
		if text(c, "resources", "requests", "memory") == "" || text(c, "resources", "requests", "cpu") == "" || text(c, "resources", "limits", "memory") == "" {
			t.Errorf("%s: container %s has no resources", where, text(c, "name"))
		}
		for _, m := range list(c, "volumeMounts") {
			if !volumes[text(m, "name")] {
				t.Errorf("%s: no volume %s", where, text(m, "name"))
			}
		}
		for _, probe := range []string{"startupProbe", "readinessProbe", "livenessProbe"} {
			command := words(c, probe, "exec", "command")
			if len(command) > 0 && !slices.Equal(command, []string{"/worker", "health"}) {
				t.Errorf("%s: %s runs %v", where, probe, command)
			}
			if len(command) == 0 && at(c, probe) != nil && text(c, probe, "httpGet", "port") != "monitor" {
				t.Errorf("%s: %s asks %v", where, probe, at(c, probe))
			}
		}
	}
}

// Scaling looks at the consumer that the workers share, and at the server's port.
func TestScalingNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	doc := documents(t, "kubernetes/scaling.yaml")[0]
	if text(doc, "spec", "scaleTargetRef", "name") != text(documents(t, "kubernetes/worker.yaml")[0], "metadata", "name") {
		t.Error("the target is not the deployment of workers")
	}
	metadata := at(doc, "spec", "triggers", 0, "metadata")
	if text(doc, "spec", "triggers", 0, "type") != "nats-jetstream" || text(metadata, "stream") != stream.Documents ||
		!strings.Contains(readFile(t, "nats/accounts.conf"), "\n  "+text(metadata, "account")+": {") {
		t.Errorf("the trigger looks at %v", metadata)
	}
	nats := documents(t, "kubernetes/nats.yaml")
	service := text(nats[0], "metadata", "name") + "." + text(documents(t, "kubernetes/namespace.yaml")[0], "metadata", "name") + ".svc.cluster.local"
	if want := service + ":8222"; text(metadata, "natsServerMonitoringEndpoint") != want || !strings.Contains(readFile(t, "nats/server.conf"), "http: 0.0.0.0:8222") {
		t.Errorf("the trigger asks %s, the servers answer on %s", text(metadata, "natsServerMonitoringEndpoint"), want)
	}
	if set := nats[1]; text(set, "spec", "serviceName") != text(nats[0], "metadata", "name") || text(set, "metadata", "name") != "nats" || text(set, "spec", "replicas") != "3" {
		t.Errorf("the servers are %s of service %s, not nats-0, nats-1 and nats-2 of nats", text(set, "metadata", "name"), text(set, "spec", "serviceName"))
	}
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init"}, s.as("admin")...)...)
	if got := s.monitor(t, "/jsz?acc="+text(metadata, "account")+"&consumers=true&config=true"); !strings.Contains(got, `"name": "`+text(metadata, "consumer")+`"`) {
		t.Errorf("the monitoring port tells of no consumer %s: %s", text(metadata, "consumer"), got)
	}
	for _, path := range []string{"/healthz", "/healthz?js-enabled-only=true"} { // as the probes ask
		if got := s.monitor(t, path); !strings.Contains(got, `"status":"ok"`) {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// kubectl, where it is there, puts the manifests together.
func TestKustomize(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("kubectl"); err != nil {
		t.Skip("kubectl is not on this machine")
	}
	out, err := exec.Command("kubectl", "kustomize", ".").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "kind: ScaledObject") || !strings.Contains(string(out), "name: nats-config-") {
		t.Errorf("kubectl kustomize: %v\n%s", err, out)
	}
}
