package org.sonograph.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What sound goes in, and how fast: the options that {@code run} and {@code ingest} share. */
final class InputOptions {
  @Mixin PermissionOption permission = new PermissionOption();

  /** What {@code --again} means where no number follows. */
  private static final String NEXT = "next";

  @Parameters(
      arity = "0..*",
      paramLabel = "INPUT",
      description = {
        "Sound files, folders of them, patterns in quotes ('recordings/**/*.wav'), - for standard",
        "input, or pictures to be read as they are drawn."
      })
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--ahead",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Pictures under way at most, which bounds the disk space needed (default: 200).")
  long ahead = 200;

  @Option(
      names = "--again",
      arity = "0..1",
      paramLabel = "N",
      preprocessor = NumberOrNothing.class,
      description = {
        "Make another take of the same sound, recipe and seed: the N-th further one,",
        "or without N the next one."
      })
  String again;

  /** Takes the next argument only where it is a number, so that an input may follow. */
  static final class NumberOrNothing implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> args,
        CommandSpec command,
        ArgSpec argument,
        java.util.Map<String, Object> info) {
      if (args.isEmpty() || !args.peek().matches("[0-9]{1,18}")) {
        args.push(NEXT);
      }
      return false;
    }
  }

  /** Whether another take was asked for. */
  boolean isAgain() {
    return again != null;
  }

  /** Which further take, where a number was given. */
  OptionalLong occurrence() {
    return again == null || again.equals(NEXT)
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(again));
  }
}
