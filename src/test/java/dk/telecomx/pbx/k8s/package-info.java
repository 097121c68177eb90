/** Whether the manifests of k8s/ mean what they should, and fit the application. */
@org.jspecify.annotations.NullMarked
package dk.telecomx.pbx.k8s;
