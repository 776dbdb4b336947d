package main

import (
	"context"
	"errors"
	"os"

	"k8s.io/apimachinery/pkg/util/uuid"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"

	config "github.com/cert-manager/cert-manager/internal/apis/config/controller"
	"github.com/cert-manager/cert-manager/pkg/controller"
)

// lease is the name that the chart's Role allows.
const lease = "cert-manager-controller"

// lead does the work while it holds the lease. It ends with nil when ctx ends, and with an error when the lease is lost: then the
// process ends, and the kubelet starts a new one.
func lead(ctx context.Context, root *controller.Context, c config.LeaderElectionConfig, health *leaderelection.HealthzAdaptor,
	work func(context.Context) error) error {
	lock, err := newLock(root, c.Namespace)
	if err != nil {
		return err
	}
	campaign, stop := context.WithCancel(ctx)
	defer stop()
	failed := make(chan error, 1)
	elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Lock:            lock,
		Name:            lease,
		LeaseDuration:   c.LeaseDuration,
		RenewDeadline:   c.RenewDeadline,
		RetryPeriod:     c.RetryPeriod,
		ReleaseOnCancel: true, // so that a restarted controller need not wait for the old lease to run out
		WatchDog:        health,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(ctx context.Context) {
				if err := work(ctx); ctx.Err() == nil { // ended by itself, not with the lease
					failed <- err
					stop()
				}
			},
			OnStoppedLeading: func() {},
		},
	})
	if err != nil {
		return err
	}
	health.SetLeaderElection(elector)
	elector.Run(campaign)
	switch {
	case ctx.Err() != nil:
		return nil
	case campaign.Err() != nil:
		return <-failed
	default:
		return errors.New("the leader's lease is lost")
	}
}

func newLock(root *controller.Context, namespace string) (resourcelock.Interface, error) {
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	client, err := kubernetes.NewForConfig(root.RESTConfig)
	if err != nil {
		return nil, err
	}
	return resourcelock.New(resourcelock.LeasesResourceLock, namespace, lease, client.CoreV1(), client.CoordinationV1(),
		resourcelock.ResourceLockConfig{Identity: host + "_" + string(uuid.NewUUID()), EventRecorder: root.Recorder})
}
