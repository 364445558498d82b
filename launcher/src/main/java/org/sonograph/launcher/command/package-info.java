/** The commands; each is one class named after what the user types. */
package org.sonograph.launcher.command;
