/** What a user asks for artistically, and the interpretation that follows from it. */
package org.sonograph.launcher.recipe;
