package org.sonograph.runtime;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * Ends transactions that a killed process left open, which else hide everything behind them until
 * they time out.
 *
 * <p>Only for whoever knows that no producer is alive: the embedded mode, before it starts its
 * services.
 */
public final class StaleTransactions {
  private StaleTransactions() {}

  /**
   * Aborts every open transaction of the cluster.
   *
   * @return how many there were
   */
  public static int abort(Admin admin) {
    ListTransactionsOptions open =
        new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    List<String> ids =
        AdminCall.await(admin.listTransactions(open).all(), "list of transactions").stream()
            .map(TransactionListing::transactionalId)
            .toList();
    ids.forEach(
        id ->
            AdminCall.await(
                admin.forceTerminateTransaction(id).result(), "end of transaction " + id));
    return ids.size();
  }
}
