/** Whether the manifests of k8s/ mean what they should, and fit the application. */
@NullMarked
package dk.telecomx.pbx.k8s;

import org.jspecify.annotations.NullMarked;
