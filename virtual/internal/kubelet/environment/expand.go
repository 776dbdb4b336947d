// Package environment works out what a container's environment, arguments and
// downward API files hold, by the rules of the kubelet.
package environment

import "strings"

// Expand replaces $(NAME) by the variable's value. $$ stands for $; a name
// that isn't known stays as it is (Kubernetes documentation of EnvVar.value
// and Container.args).
func Expand(text string, variables map[string]string) string {
	var out strings.Builder
	for {
		dollar := strings.IndexByte(text, '$')
		if dollar < 0 || dollar == len(text)-1 {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(text[:dollar])
		text = text[dollar+1:]
		switch text[0] {
		case '$':
			out.WriteByte('$')
			text = text[1:]
		case '(':
			end := strings.IndexByte(text, ')')
			if end < 0 {
				out.WriteByte('$')
				continue
			}
			if value, known := variables[text[1:end]]; known {
				out.WriteString(value)
			} else {
				out.WriteString("$" + text[:end+1])
			}
			text = text[end+1:]
		default:
			out.WriteByte('$')
		}
	}
}
