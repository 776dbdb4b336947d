package control

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/envoyproxy/go-control-plane/pkg/cache/types"
	"github.com/envoyproxy/go-control-plane/pkg/cache/v3"
	"github.com/envoyproxy/go-control-plane/pkg/resource/v3"
	"google.golang.org/protobuf/proto"
)

// kind is the resources of one type with their version.
type kind struct {
	response types.ResponseType
	url      string
	version  string
	items    []types.Resource
	names    []string
}

// kinds are all types. A version is a hash of the content, so that equal content is not sent twice; that of endpoints
// covers the clusters that they are sent for.
func kinds(r step) []kind {
	endpoints := newKind(types.Endpoint, resource.EndpointType, r.Endpoints)
	endpoints.version = hash([]byte(newKind(types.Cluster, resource.ClusterType, r.fed).version), []byte(endpoints.version))
	return []kind{
		newKind(types.Cluster, resource.ClusterType, r.Clusters),
		endpoints,
		newKind(types.Listener, resource.ListenerType, r.Listeners),
		newKind(types.Route, resource.RouteType, r.Routes),
		newKind(types.Secret, resource.SecretType, r.Secrets)}
}

func newKind[R types.Resource](response types.ResponseType, url string, resources map[string]R) kind {
	k := kind{response: response, url: url, names: slices.Sorted(maps.Keys(resources))}
	var contents [][]byte
	for _, name := range k.names {
		k.items = append(k.items, resources[name])
		content, err := proto.MarshalOptions{Deterministic: true}.Marshal(resources[name])
		if err != nil {
			// Only text that is no UTF-8 can't be marshalled, and it can't be read from JSON either.
			panic(err)
		}
		contents = append(contents, content)
	}
	k.version = hash(contents...)
	return k
}

func hash(contents ...[]byte) string {
	sum := sha256.New()
	for _, content := range contents {
		part := sha256.Sum256(content)
		sum.Write(part[:])
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func snapshot(r step) *cache.Snapshot {
	shot := &cache.Snapshot{}
	for _, k := range kinds(r) {
		shot.Resources[k.response] = cache.NewResources(k.version, k.items)
	}
	return shot
}
