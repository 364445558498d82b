/** What every child process of the launcher begins with. */
package org.sonograph.launcher.child;
