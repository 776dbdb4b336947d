package pulumi

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"starbase.example/virtual/internal/lan"
)

const releaseType = "kubernetes:helm.sh/v3:Release"

// repairReleases deletes Helm's records of installs and upgrades that were cut off: Helm keeps such a release's name
// taken for ever. A release that Helm finished but the engine did not record loses its records too: the next install
// takes its objects over, since they bear the release's name.
func repairReleases(client kubernetes.Interface, pending []operation) error {
	selectors := []string{"owner=helm,status in (pending-install,pending-upgrade,pending-rollback)"}
	for _, p := range pending {
		if name := releaseBeingCreated(p); name != "" {
			selectors = append(selectors, "owner=helm,name="+name)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, selector := range selectors {
		secrets, err := client.CoreV1().Secrets("").List(ctx, metav1.ListOptions{LabelSelector: selector})
		if err != nil {
			return fmt.Errorf("Helm releases that were cut off: %w", err)
		}
		for _, secret := range secrets.Items {
			fmt.Fprintf(os.Stderr, "Repairing: Helm release %s (%s) was cut off\n", secret.Labels["name"], secret.Labels["status"])
			if err := client.CoreV1().Secrets(secret.Namespace).Delete(ctx, secret.Name, metav1.DeleteOptions{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// releaseBeingCreated is the Helm name of a release whose creation was begun, else empty.
func releaseBeingCreated(p operation) string {
	if p.Resource.Type != releaseType || p.Type != "creating" {
		return ""
	}
	var inputs struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(p.Resource.Inputs, &inputs) == nil && inputs.Name != "" {
		return inputs.Name
	}
	return p.Resource.URN[strings.LastIndex(p.Resource.URN, "::")+2:]
}

func (e Engine) cluster() (kubernetes.Interface, error) {
	if err := lan.Inside(); err != nil {
		return nil, err
	}
	config, err := clientcmd.BuildConfigFromFlags("", e.In("kubeconfig"))
	if err != nil {
		return nil, err
	}
	return kubernetes.NewForConfig(config)
}
