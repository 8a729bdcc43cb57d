// Validates the Knative services below a folder the way Knative's webhook would: every *.yaml that is not a kustomization
// or a patch is read strictly, every folder with a kustomization.yaml is built first. Prints what is refused; last line is the count.
//
//	go build -o validate . && ./validate ../../knative
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
	"knative.dev/pkg/apis"
	"knative.dev/serving/pkg/apis/config"
	servingv1 "knative.dev/serving/pkg/apis/serving/v1"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	sigsyaml "sigs.k8s.io/yaml"
)

// The feature flags that the folder itself asks a cluster to switch on, and no others.
func features(folder string) *config.Config {
	var patch struct{ Data map[string]string }
	text, err := os.ReadFile(filepath.Join(folder, "cluster", "config-features.patch.yaml"))
	if err == nil {
		err = sigsyaml.Unmarshal(text, &patch)
	}
	if err != nil {
		panic(err)
	}
	flags, err := config.NewFeaturesConfigFromMap(patch.Data)
	if err != nil {
		panic(err)
	}
	defaults, err := config.NewDefaultsConfigFromMap(map[string]string{})
	if err != nil {
		panic(err)
	}
	return &config.Config{Features: flags, Defaults: defaults}
}

func main() {
	ctx := config.ToContext(context.Background(), features(os.Args[1]))
	services, refused := 0, 0
	check := func(name string, text []byte) {
		for _, doc := range strings.Split("\n"+string(text), "\n---") {
			var head struct{ Kind, APIVersion string }
			if err := yaml.Unmarshal([]byte(doc), &head); err != nil {
				fmt.Println(name, "is not YAML:", err)
				refused++
				continue
			}
			if head.Kind != "Service" || !strings.HasPrefix(head.APIVersion, "serving.knative.dev/") {
				continue
			}
			services++
			var s servingv1.Service
			if err := sigsyaml.UnmarshalStrict([]byte(doc), &s); err != nil {
				fmt.Println(name, "has unknown fields:", err)
				refused++
				continue
			}
			s.SetDefaults(ctx)
			if err := s.Validate(apis.WithinCreate(ctx)).Filter(apis.ErrorLevel); err != nil {
				fmt.Println(name, "is refused:", strings.ReplaceAll(err.Error(), "\n", "; "))
				refused++
			}
		}
	}
	filepath.Walk(os.Args[1], func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		base := filepath.Base(path)
		if base == "kustomization.yaml" && strings.Contains(filepath.Dir(path), "components") {
			return nil // is built with the overlays that name it
		}
		if base == "kustomization.yaml" {
			k := krusty.MakeKustomizer(krusty.MakeDefaultOptions())
			m, err := k.Run(filesys.MakeFsOnDisk(), filepath.Dir(path))
			if err != nil {
				fmt.Println(path, "does not build:", err)
				refused++
				return nil
			}
			text, _ := m.AsYaml()
			check(filepath.Dir(path), text)
		} else if (strings.HasSuffix(base, ".yaml") || strings.HasSuffix(base, ".yml")) && !strings.Contains(base, "patch") {
			text, _ := os.ReadFile(path)
			check(path, text)
		}
		return nil
	})
	fmt.Printf("%d services checked, %d refused\n", services, refused)
	if services == 0 || refused > 0 {
		os.Exit(1)
	}
}
